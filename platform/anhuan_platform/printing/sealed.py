"""The section of the form that says how the record stands behind it, in words that an inspector can act on. Pure."""

from typing import Any

from anhuan_infra.record.part import Part, State, Why
from anhuan_platform.printing.words import moment

_WHY = {
    Why.CHANGED: ("内容或链接与封存时不一致", "content or links are not what was sealed"),
    Why.GONE: ("有记录被删除", "an entry was deleted"),
    Why.OUTSIDE: ("存在未经封存的记录", "an entry stands outside the chain"),
}


def sealed(proof: Part, zone: str, language: str) -> dict[str, Any]:
    """The verdict, the facts to compare, and how to check it without us."""
    zh, head = language == "zh", proof.head
    facts = [
        ["本事项记录" if zh else "Entries of this case", f"{proof.entries} 条" if zh else str(proof.entries)],
        [
            "链上序号" if zh else "Numbers in the chain",
            f"{proof.first} – {proof.last}" if proof.first else "—",
        ],
        ["末条链哈希" if zh else "Chain hash at the last", proof.chain.hex() if proof.chain else "—"],
    ]
    if head is not None:
        facts += [
            ["签名链头" if zh else "Signed head",
             (f"第 {head.size} 条，{moment(head.at, zone, language)} 签署" if zh else f"size {head.size}, signed {moment(head.at, zone, language)}")],
            ["链头哈希" if zh else "Hash of the head", head.chain.hex()],
            ["签名密钥编号" if zh else "Key", head.key_id],
        ]  # fmt: skip
    note = (
        "每次打印时重新计算本事项全部记录的哈希，并逐条链接至由密钥签名的链头，不采信任何已存标记。"
        "导出全部操作记录并使用独立程序 anhuan_verify.py 可脱离本系统复核。"
        if zh
        else "At each printing every entry of this case is hashed anew and followed, link by link, to a head signed by the key; no stored"
        " flag is believed. The whole record can be checked without this system by anhuan_verify.py."
    )
    return {
        "kind": "mark",
        "title": "操作记录存证" if zh else "The record behind this",
        "verdict": _verdict(proof, language),
        "facts": facts,
        "note": note,
    }


def _verdict(proof: Part, language: str) -> str:
    zh = language == "zh"
    if proof.state is State.VERIFIED:
        return (
            "核验通过：记录自封存以来未被改动"
            if zh
            else "Verified: the record is as it was sealed"
        )  # fmt: skip
    if proof.state is State.PENDING:
        return (
            f"核验通过，尚有 {proof.pending} 条记录待封存签名（通常数秒内完成，可重新打印）"
            if zh
            else f"Sound so far; {proof.pending} entries wait for their seal (seconds as a rule; print again)"
        )
    why = _WHY[proof.why][0 if zh else 1] if proof.why else "—"
    at = proof.broken_at if proof.broken_at is not None else "—"
    return f"核验未通过：{why}（序号 {at}）" if zh else f"NOT verified: {why} (number {at})"

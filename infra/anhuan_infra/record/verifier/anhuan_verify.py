#!/usr/bin/env python3
"""Check that a company's record was not changed: 检查台账是否被改动。

    python3 anhuan_verify.py RECORD.jsonl ANCHORS.heads.jsonl

RECORD is an export of the record; ANCHORS are the signed heads that left the system earlier and were kept where
its operators cannot reach them. This file needs Python 3.8 or newer and nothing else, shares no code with the
system that it checks, and may be read, copied and changed by anyone who must rely on it.

Exit code: 0 the record is whole, 1 something is wrong, 2 it could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import IO, Any, Iterator, Tuple  # noqa: UP035 (the newer names need a newer Python)

LONGEST_LINE, SHOWN = 64 * 1024 * 1024, 200
NAMES = """format tenant_id id at actor_id actor_kind act subject_kind subject_id case_id unit_no
    source body personal"""
FIELDS = set(NAMES.split())
HEAD_FIELDS = {"at", "chain", "format", "key_id", "kind", "signature", "size", "tenant_id"}
TEXTS = """
HEADER       | the header is not that of this company's record | 文件头不是本公司的台账导出
UNREADABLE   | line {line} is not as it was written | 第 {line} 行已不是原样
GAP          | entry {seq} stands where entry {expected} belongs | 应为第 {expected} 条，却是第 {seq} 条
MISSING      | entry {seq} was removed | 第 {seq} 条已被删除
EDITED       | entry {seq} or its link was changed | 第 {seq} 条或其链接已被改动
FOREIGN      | entry {seq} is not an entry of this company | 第 {seq} 条不属于本公司台账
COMMITMENT   | a personal value of entry {seq} was changed: {field} | 第 {seq} 条的个人信息被改动：{field}
REWRITTEN    | the record up to entry {size} is not what was signed | 截至第 {size} 条的内容与签名不符
SIGNATURE    | the signature at {size} is bad ({where}) | 第 {size} 条处的签名无效（{where}）
KEY          | the head at {size} is signed by an unknown key {key} | 第 {size} 条处的签名密钥未知：{key}
PLACE        | the head at {size} is out of place ({where}) | 第 {size} 条处的签名位置不对（{where}）
FORK         | two different heads were signed at {size} | 第 {size} 条处有两份不同的签名
HEAD_MISSING | the head anchored at {size} is missing from the record | 台账缺少已存证的第 {size} 条签名
HEAD_EXTRA   | the head at {size} was never anchored | 第 {size} 条处的签名从未存证
UNSIGNED     | the record does not end in a signed head at {size} | 台账末尾（第 {size} 条）没有签名
TRUNCATED    | the record ends at {size}, but {anchored} entries were anchored | 台账止于第 {size} 条，存证为 {anchored} 条
ANCHORS      | the anchors are damaged at line {line} | 存证文件第 {line} 行已损坏
ANCHORS_NONE | the anchors hold no head of this record | 存证文件中没有本台账的签名
company      | Company {tenant_id}: {entries:,} entries, {heads:,} signed heads, {erased:,} personal values erased \
             | 公司 {tenant_id}：{entries:,} 条记录，{heads:,} 份签名，{erased:,} 项个人信息已依法删除
keys         | Keys: {keys} | 签名密钥：{keys}
anchored     | Anchored up to entry {anchored:,} ({anchored_at}) | 存证至第 {anchored:,} 条（{anchored_at}）
alone        | Warning: not compared with anchors; whoever holds database and key could have rewritten all of it \
             | 警告：未与存证比对；掌握数据库和密钥的人可能已整体改写
whole        | OK: nothing was changed, removed, swapped or cut off | 完整：没有改动、删除、调换或截断
broken       | {found:,} problems found | 发现 {found:,} 处问题
"""
SENTENCES = {
    line.split("|")[0].strip(): [text.strip() for text in line.split("|")[1:]]
    for line in TEXTS.replace("\\\n", "").strip().splitlines()
}

# Ed25519 (RFC 8032): verification only.
Point = Tuple[int, int, int, int]  # noqa: UP006
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
IDENTITY: Point = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % P, k * m % P, j * k % P, i * m % P)


def _point(encoded: bytes) -> Point | None:
    """A point from its 32 bytes; None for bytes that are no point."""
    sign, y = divmod(int.from_bytes(encoded, "little"), 2**255)
    if len(encoded) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)


class _Multiples:
    """A point times any scalar, by a table of its multiples for each byte of the scalar."""

    def __init__(self, point: Point) -> None:
        self.rows: list[list[Point]] = []
        for _ in range(32):
            row = [IDENTITY]
            for _ in range(255):
                row.append(_add(row[-1], point))
            self.rows.append(row)
            point = _add(row[-1], point)

    def times(self, scalar: int, start: Point = IDENTITY) -> Point:
        """`start` plus `scalar` times the point."""
        for index, byte in enumerate(scalar.to_bytes(32, "little")):
            if byte:
                start = _add(start, self.rows[index][byte])
        return start


class Key:
    """A public key that checks many signatures fast."""

    def __init__(self, public: bytes) -> None:
        point = _point(public)
        if point is None:
            raise ValueError("not a public key")
        self.public = public
        self.negative = _Multiples((P - point[0], point[1], 1, P - point[3]))
        self.generator = _Multiples(_point((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or IDENTITY)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the key's holder signed exactly this message."""
        s = int.from_bytes(signature[32:], "little")
        if len(signature) != 64 or s >= ORDER:
            return False
        digest = hashlib.sha512(signature[:32] + self.public + message).digest()
        x, y, z, _ = self.negative.times(int.from_bytes(digest, "little") % ORDER, self.generator.times(s))
        inverse = pow(z, -1, P)
        return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little") == signature[:32]


def canonical(value: object) -> bytes:
    """The one way in which a value may stand in a file."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def lines(file: IO[bytes]) -> Iterator[tuple[int, bytes, dict[str, Any] | None]]:
    """Line number, bytes and object of each line; None for a line that differs from its canonical form by any bit."""
    for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
        try:
            # A number with a fraction becomes text here, and so differs from what stands in the file.
            value = json.loads(raw.decode("utf-8"), parse_float=str, parse_constant=str)
            exact = isinstance(value, dict) and canonical(value) + b"\n" == raw
            yield number, raw, value if exact else None
        except (ValueError, RecursionError):
            yield number, raw, None


def _hash(text: object, length: int = 32) -> bytes | None:
    """Bytes from lower-case hexadecimal of exactly this length."""
    if not isinstance(text, str) or len(text) != 2 * length or text.strip("0123456789abcdef"):
        return None
    return bytes.fromhex(text)


def _is_head(value: dict[str, Any]) -> bool:
    return (
        set(value) == HEAD_FIELDS
        and (value["format"], value["kind"]) == ("anhuan.head/1", "head")
        and [type(value[name]) for name in ("at", "key_id", "tenant_id", "size")] == [str, str, str, int]
        and (_hash(value["chain"]) and _hash(value["signature"], 64)) is not None
    )


def say(code: str, language: str, facts: dict[str, Any]) -> str:
    """The sentence for a person, in `en` or `zh`."""
    return SENTENCES[code][language == "zh"].format(**facts)


class Verification:
    """One record against its anchors; read `problems` and `summary()` after `run`."""

    def __init__(self, pinned: set[str] | None = None, until: str | None = None) -> None:
        self.pinned, self.until = pinned, until
        self.problems: list[dict[str, Any]] = []
        self.tenant = ""
        self.found = self.size = self.heads = self.erased = self.signed = self.claimed = self.last = 0
        self.keys: dict[str, Key] = {}
        self.anchored: dict[int, bytes] = {}
        self.anchored_at: str | None = None
        self.with_anchors = False

    def run(self, record: IO[bytes], anchors: IO[bytes] | None) -> bool:
        """Read both files once; True when nothing is wrong."""
        self.with_anchors = anchors is not None
        if anchors:
            self._read_anchors(anchors)
        self._read_record(record)
        if self.with_anchors and self.size and not self.last:
            self._problem("ANCHORS_NONE")
        if self.last > self.size:
            self._problem("TRUNCATED", size=self.size, anchored=self.last)
        if not self.signed == self.size == self.claimed:
            self._problem("UNSIGNED", size=self.signed)
        return not self.found

    def linked(self, previous: bytes, seq: int, entry: bytes, chain: bytes) -> bool:
        """Whether the chain after this entry is what follows from the chain before it."""
        leaf = hashlib.sha256(b"\x00" + entry).digest()
        return hashlib.sha256(b"\x01" + previous + seq.to_bytes(8, "big") + leaf).digest() == chain

    def summary(self) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "ok": not self.found,
            "tenant_id": self.tenant,
            "entries": self.size,
            "heads": self.heads,
            "erased": self.erased,
            "anchored": self.last,
            "anchored_at": self.anchored_at,
            "with_anchors": self.with_anchors,
            "keys": sorted(self.keys),
            "found": self.found,
            "problems": self.problems,
        }

    def _problem(self, code: str, **facts: Any) -> None:
        self.found += 1
        if len(self.problems) < SHOWN:
            sentences = {language: say(code, language, facts) for language in ("en", "zh")}
            self.problems.append({"code": code, **facts, **sentences})

    def _learn(self, key_id: object, public: object, trusted: bool = True) -> bool:
        """Whether the key's name is made from the key; a trusted one then checks heads, unless others are pinned."""
        raw = _hash(public)
        if raw is None or hashlib.sha256(raw).hexdigest()[:32] != key_id or _point(raw) is None:
            return False
        if trusted and key_id not in self.keys and (self.pinned is None or key_id in self.pinned):
            self.keys[str(key_id)] = Key(raw)
        return True

    def _check_head(self, head: dict[str, Any], where: str) -> None:
        key = self.keys.get(head["key_id"])
        if key is None:
            self._problem("KEY", size=head["size"], key=head["key_id"])
            return
        message = canonical({name: head[name] for name in HEAD_FIELDS - {"kind", "signature"}})
        if not key.verifies(bytes.fromhex(head["signature"]), message):
            self._problem("SIGNATURE", size=head["size"], where=where)

    def _read_anchors(self, file: IO[bytes]) -> None:
        for number, raw, value in lines(file):
            head = value or {}
            if (
                head.get("kind") == "key"
                and self._learn(head.get("key_id"), head.get("public"))
                and len(head) == 3
            ):
                continue
            if not _is_head(head):
                self._problem("ANCHORS", line=number)
                continue
            if self.until is not None and head["at"] > self.until:
                continue
            self.tenant, size = self.tenant or head["tenant_id"], head["size"]
            if head["tenant_id"] != self.tenant or size <= self.last:
                same = self.anchored.get(size, raw) == raw
                self._problem("PLACE" if same else "FORK", size=size, where="anchors")
            self._check_head(head, "anchors")
            self.anchored[size] = raw
            self.last, self.anchored_at = max(self.last, size), head["at"]

    def _read_record(self, file: IO[bytes]) -> None:
        previous, number = b"", 0
        met: set[int] = set()
        for number, raw, value in lines(file):
            if number == 1:
                previous = self._read_header(value)
            elif value is None:
                self._problem("UNREADABLE", line=number)
            elif value.get("kind") == "entry" and set(value) == {"chain", "entry", "kind", "personal", "seq"}:
                previous = self._read_entry(number, raw, value, previous)
            elif _is_head(value):
                self._read_head(raw, value, previous, met)
            else:
                self._problem("UNREADABLE", line=number)
        if number == 0:
            self._problem("HEADER")
        for size in sorted(set(self.anchored) - met):
            if size <= self.size:
                self._problem("HEAD_MISSING", size=size)

    def _read_header(self, value: dict[str, Any] | None) -> bytes:
        """The genesis of the company that the header names."""
        header = value or {}
        keys, size, tenant = header.get("keys"), header.get("size"), str(header.get("tenant_id"))
        raw = _hash(tenant.replace("-", ""), 16)
        rest = {"format": "anhuan.export/1", "kind": "header", "tenant_id": tenant}
        if (
            header != {"keys": keys, "size": size, **rest}
            or raw is None
            or type(size) is not int
            or self.tenant not in ("", tenant)
            or not isinstance(keys, dict)
            or not all(self._learn(name, public, not self.with_anchors) for name, public in keys.items())
        ):
            self._problem("HEADER")
            return b""
        self.tenant, self.claimed = tenant, size
        return hashlib.sha256(b"\x02anhuan.record/1" + raw).digest()

    def _read_entry(self, number: int, raw: bytes, value: dict[str, Any], previous: bytes) -> bytes:
        """The chain after this entry, as the record states it."""
        seq, entry, chain = value["seq"], value["entry"], _hash(value["chain"])
        if chain is None or type(seq) is not int or not 0 < seq < 2**63:
            self._problem("UNREADABLE", line=number)
            return previous
        if seq != self.size + 1:
            self._problem("GAP", seq=seq, expected=self.size + 1)
        self.size = seq
        if entry is None:
            self._problem("MISSING", seq=seq)
            return chain
        # The line is canonical, so the entry's own canonical bytes stand between these two known pieces.
        start = len('{"chain":"","entry":') + 64
        rest = canonical({"kind": "entry", "personal": value["personal"], "seq": seq})
        if not self.linked(previous, seq, raw[start : -len(rest) - 1], chain):
            self._problem("EDITED", seq=seq)
        ours = isinstance(entry, dict) and set(entry) == FIELDS and entry["format"] == "anhuan.entry/1"
        if ours and entry["tenant_id"] == self.tenant:
            self._check_personal(seq, entry["personal"] or {}, value["personal"])
        else:
            self._problem("FOREIGN", seq=seq)
        return chain

    def _check_personal(self, seq: int, commitments: Any, values: Any) -> None:
        """A value that is there must be the one committed to; a value that is gone was erased, which is lawful."""
        if not isinstance(commitments, dict) or not isinstance(values, dict):
            self._problem("FOREIGN", seq=seq)
            return
        self.erased += len(set(commitments) - set(values))
        for field, opened in values.items():
            whole = isinstance(opened, dict) and set(opened) == {"salt", "value"}
            salt, text = (opened["salt"], opened["value"]) if whole else (None, None)
            digest = hashlib.sha256(f"{salt}{text}".encode()).hexdigest()
            if not isinstance(text, str) or _hash(salt, 16) is None or digest != commitments.get(field):
                self._problem("COMMITMENT", seq=seq, field=field)

    def _read_head(self, raw: bytes, head: dict[str, Any], previous: bytes, met: set[int]) -> None:
        size = head["size"]
        self.heads += 1
        if head["tenant_id"] != self.tenant or size != self.size or size in met:
            self._problem("PLACE", size=size, where="record")
        elif bytes.fromhex(head["chain"]) != previous:
            self._problem("REWRITTEN", size=size)
        met.add(size)
        self.signed = max(self.signed, size)
        anchored = self.anchored.get(size)
        if anchored != raw:
            self._check_head(head, "record")
            if anchored is not None:
                self._problem("FORK", size=size)
            elif size < self.last:
                self._problem("HEAD_EXTRA", size=size)


def report(result: dict[str, Any], language: str) -> str:
    """The result for a person."""
    facts = {**result, "keys": ", ".join(result["keys"]) or "-"}
    told = [say(code, language, facts) for code in ("company", "keys")]
    told.append(say("anchored" if result["with_anchors"] else "alone", language, facts))
    told += ["- " + problem[language] for problem in result["problems"]]
    return "\n".join([*told, say("whole" if result["ok"] else "broken", language, facts)])


def main(arguments: list[str] | None = None) -> int:
    """Check the files named on the command line."""
    local = "zh" if (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("zh") else "en"
    parser = argparse.ArgumentParser(description="Was this record changed? / 检查台账是否被改动")
    option = parser.add_argument
    option("record", help="the exported record / 导出的台账")
    option("anchors", nargs="?", help="the heads kept elsewhere / 另存的签名存证")
    option("--without-anchors", action="store_true", help="check the record alone / 不比对存证")
    option("--key", action="append", help="trust only this key id (repeatable) / 仅信任此密钥")
    option("--until", help="ignore later anchors (UTC, for an older export) / 忽略此时间之后的存证")
    option("--lang", choices=("zh", "en"), default=local)
    option("--json", action="store_true", help="print the result as JSON / 输出 JSON")
    asked = parser.parse_args(arguments)
    if (asked.anchors is None) != asked.without_anchors:
        parser.error("give the anchors, or say --without-anchors / 请给出存证文件，或注明 --without-anchors")
    verification = Verification(set(asked.key) if asked.key else None, asked.until)
    try:
        with Path(asked.record).open("rb") as record, Path(asked.anchors or os.devnull).open("rb") as anchors:
            verification.run(record, anchors if asked.anchors else None)
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
        return 2
    result = verification.summary()
    print(json.dumps(result, indent=1) if asked.json else report(result, asked.lang))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())

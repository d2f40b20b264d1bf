/** A trusted document: at run time the SHA-256 of its text and nothing else; to the compiler also what it answers and asks for. */
export type Document<Result, Variables> = string & { readonly __result?: Result; readonly __variables?: Variables };

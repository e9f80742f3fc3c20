package gitzodb.zodb;

import gitzodb.bytes.Bytes;

/** One object revision: the raw record (two pickles, perhaps wrapped) and the transaction that wrote it. */
public record LoadedRecord(Oid oid, Tid tid, Bytes data) {}

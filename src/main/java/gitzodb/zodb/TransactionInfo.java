package gitzodb.zodb;

import gitzodb.bytes.Bytes;

/**
 * What a transaction says about itself. User and description are raw bytes, UTF-8 by convention, at most 65,535 each;
 * extension is empty or one pickled dict.
 */
public record TransactionInfo(Tid tid, Bytes user, Bytes description, Bytes extension) {}

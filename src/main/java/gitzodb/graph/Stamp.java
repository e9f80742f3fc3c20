package gitzodb.graph;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Tid;

/**
 * What an object map was made from: it serves only a database that still holds this transaction, and only for the
 * settings it was made with.
 *
 * @param transactionHash the hash of the transaction {@code tid}; empty for an empty database
 * @param settingsHash a hash of whatever changes the states in the tree
 */
public record Stamp(Tid tid, Bytes transactionHash, Bytes settingsHash) {}

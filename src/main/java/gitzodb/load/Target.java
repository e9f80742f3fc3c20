package gitzodb.load;

import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.Oid;

/** What a path of a tree leads to: the object's oid and its class as its record will have it. */
record Target(Oid oid, ClassMeta meta) {}

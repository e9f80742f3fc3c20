package gitzodb.classes;

import gitzodb.bytes.Bytes;

/** The content of the source attributes of one object being loaded, wherever it is kept. */
public interface SourceContent {
    /** Returns the length in bytes. */
    long length(String attribute);

    /** Returns up to {@code limit} bytes from the start. */
    Bytes head(String attribute, int limit);

    /** True if the content differs from what the database holds; true for a new object. */
    boolean changed(String attribute);
}

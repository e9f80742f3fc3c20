/** {@code Data.fs}, its index and its blob directory. */
@NullMarked
package gitzodb.filestorage;

import org.jspecify.annotations.NullMarked;

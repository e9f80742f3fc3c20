package gitzodb.filestorage;

import gitzodb.files.AtomicFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What is behind the last whole transaction of a file that nobody writes: the rest of one that was never finished. */
final class Tail {
    private static final int CHUNK = 1 << 20;

    private Tail() {}

    /** Saves the tail beside the file under the first free name, as ZODB does, and cuts it off. */
    static void cut(Path dataFs, FileChannel channel, long end) throws IOException {
        if (channel.size() <= end) {
            return;
        }
        int number = 0;
        while (Files.exists(FileNames.cutTail(dataFs, number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        AtomicFile.write(FileNames.cutTail(dataFs, number), out -> {
            long from = end;
            long size = channel.size();
            while (from < size) {
                from += channel.transferTo(from, Math.min(CHUNK, size - from), Channels.newChannel(out));
            }
        });
        channel.truncate(end);
        channel.force(true);
    }
}

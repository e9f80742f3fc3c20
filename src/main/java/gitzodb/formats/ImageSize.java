package gitzodb.formats;

import gitzodb.bytes.Bytes;
import java.util.Optional;

/**
 * The size and type that the header of a picture tells.
 *
 * @param type the MIME type
 * @param width in pixels
 * @param height in pixels
 */
record ImageSize(String type, int width, int height) {
    /** How much of a file is enough: frames of a JPEG come after its metadata. */
    static final int HEAD = 256 * 1024;

    private static final Bytes PNG = Bytes.parseHex("89504e470d0a1a0a");

    /** Reads the start of a GIF, PNG or JPEG file; empty for anything else. */
    static Optional<ImageSize> read(Bytes head) {
        if (head.length() >= 10 && head.slice(0, 4).latin1().equals("GIF8")) {
            int width = u8(head, 6) | (u8(head, 7) << 8);
            return Optional.of(new ImageSize("image/gif", width, u8(head, 8) | (u8(head, 9) << 8)));
        }
        if (head.length() >= 24
                && head.slice(0, 8).equals(PNG)
                && head.slice(12, 16).latin1().equals("IHDR")) {
            int width = (u16(head, 16) << 16) | u16(head, 18);
            int height = (u16(head, 20) << 16) | u16(head, 22);
            return width < 0 || height < 0 ? Optional.empty() : Optional.of(new ImageSize("image/png", width, height));
        }
        boolean jpeg = head.length() >= 4 && u16(head, 0) == 0xFFD8;
        return jpeg ? readJpeg(head) : Optional.empty();
    }

    private static Optional<ImageSize> readJpeg(Bytes head) {
        int at = 2;
        while (at + 9 <= head.length() && u8(head, at) == 0xFF) {
            int marker = u8(head, at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (isFrame(marker)) {
                return Optional.of(new ImageSize("image/jpeg", u16(head, at + 7), u16(head, at + 5)));
            } else {
                at += 2 + Math.max(2, u16(head, at + 2));
            }
        }
        return Optional.empty();
    }

    /** C4, C8 and CC are tables. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int u8(Bytes bytes, int at) {
        return bytes.at(at) & 0xFF;
    }

    private static int u16(Bytes bytes, int at) {
        return (u8(bytes, at) << 8) | u8(bytes, at + 1);
    }
}

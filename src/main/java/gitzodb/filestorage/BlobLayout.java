package gitzodb.filestorage;

import gitzodb.zodb.Oid;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How a blob folder is divided (zodb-formats §2.1). */
enum BlobLayout {
    /** A folder for each byte of the oid, eight deep. */
    BUSHY,
    /** One folder an oid. */
    LAWN;

    static Optional<BlobLayout> named(String name) {
        for (BlobLayout layout : values()) {
            if (layout.marker().equals(name)) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    String marker() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path folder(Path root, Oid oid) {
        return switch (this) {
            case BUSHY -> {
                Path folder = root;
                for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                    folder = folder.resolve("0x" + HexFormat.of().toHexDigits((byte) (oid.value() >>> shift)));
                }
                yield folder;
            }
            case LAWN -> root.resolve(hex(oid.value()));
        };
    }

    /** Returns {@code 0x} and an even number of digits, two at least. */
    static String hex(long number) {
        String digits = Long.toHexString(number);
        return "0x" + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }
}

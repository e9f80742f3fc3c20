package gitzodb.btree;

import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the entries of a tree into parts, each a file of its own. A key starts a new part if the SHA-256 of its canonical
 * key form begins with 10 zero bits: one in 1,024, whatever else is in the tree, so that a changed key touches the files
 * beside it and no other.
 */
public final class Parts {
    private static final int ZERO_BITS = 10;

    private Parts() {}

    /** True if the entry of a key with this form starts a new part; the first entry of a tree always does. */
    public static boolean starts(String keyForm) {
        byte[] hash = sha256().digest(keyForm.getBytes(StandardCharsets.UTF_8));
        int head = ((hash[0] & 0xFF) << 8) | (hash[1] & 0xFF);
        return head >>> (16 - ZERO_BITS) == 0;
    }

    /** True if the entry of this key starts a new part; persistent references in a key count alike. */
    public static boolean starts(Value key) throws StateException {
        return starts(CanonicalOrder.keyForm(key));
    }

    /**
     * Returns the entries of the part that holds a key, or would hold it, without reading the rest of the tree.
     *
     * @return empty if the keys of the tree cannot be compared, so that only reading all of it tells
     */
    public static Optional<List<Entry>> around(BTreeReader tree, Value key) throws IOException {
        List<Entry> before = new ArrayList<>();
        LeafCursor down = tree.leavesDownFrom(key);
        boolean started = false;
        for (var leaf = down.next(); leaf.isPresent() && !started; leaf = down.next()) {
            for (Entry entry : leaf.get().entries().reversed()) {
                int compared = tree.order().compare(entry.key(), key).orElse(Integer.MAX_VALUE);
                if (compared == Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                if (compared <= 0 && !started) {
                    before.add(entry);
                    started = starts(entry.key());
                }
            }
        }
        Collections.reverse(before);
        LeafCursor up = tree.leavesFrom(key);
        for (var leaf = up.next(); leaf.isPresent(); leaf = up.next()) {
            for (Entry entry : leaf.get().entries()) {
                int compared = tree.order().compare(entry.key(), key).orElse(Integer.MAX_VALUE);
                if (compared == Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                if (compared > 0) {
                    if (starts(entry.key())) {
                        return Optional.of(before);
                    }
                    before.add(entry);
                }
            }
        }
        return Optional.of(before);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

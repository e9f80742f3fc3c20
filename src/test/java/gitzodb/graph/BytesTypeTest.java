package gitzodb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BytesTypeTest {
    @Test
    void searchesLikeArraysDo() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
            for (int i = random.nextInt(30); i > 0; i--) {
                sorted.add(key(random));
            }
            byte[][] keys = sorted.toArray(byte[][]::new);
            byte[][] room = Arrays.copyOf(keys, keys.length + random.nextInt(3));
            for (int i = 0; i < 20; i++) {
                byte[] key = i < keys.length && random.nextBoolean() ? keys[i].clone() : key(random);
                int guess = random.nextInt(keys.length + 3);
                assertThat(BytesType.TYPE.binarySearch(key, room, keys.length, guess))
                        .as("seed %d, key %d, guess %d", seed, i, guess)
                        .isEqualTo(Arrays.binarySearch(keys, key, Arrays::compareUnsigned));
            }
        }
    }

    @Test
    void comparesUnsigned() {
        for (long seed = 0; seed < 2000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] a = key(random);
            byte[] b = random.nextInt(4) == 0 ? a.clone() : key(random);
            assertThat(Integer.signum(BytesType.TYPE.compare(a, b)))
                    .as("seed %d", seed)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
        }
    }

    /** Often of the length of an oid, and often the same at the start. */
    private static byte[] key(SplittableRandom random) {
        byte[] key = new byte[random.nextBoolean() ? Long.BYTES : random.nextInt(12)];
        for (int i = random.nextInt(key.length + 1); i < key.length; i++) {
            key[i] = (byte) random.nextInt(256);
        }
        return key;
    }
}

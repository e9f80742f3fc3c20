package gitzodb.oracle;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random damage to some bytes of a file. */
public enum Damage {
    FLIP {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            byte[] damaged = file.clone();
            damaged[position + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            return damaged;
        }
    },
    ZEROS {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            byte[] damaged = file.clone();
            Arrays.fill(damaged, position, position + length, (byte) 0);
            return damaged;
        }
    },
    ONES {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            byte[] damaged = file.clone();
            Arrays.fill(damaged, position, position + length, (byte) 0xff);
            return damaged;
        }
    },
    NOISE {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            byte[] damaged = file.clone();
            int start = position + random.nextInt(length);
            for (int i = start; i < Math.min(position + length, start + 8); i++) {
                damaged[i] = (byte) random.nextInt();
            }
            return damaged;
        }
    },
    CUT {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            return Arrays.copyOf(file, position + random.nextInt(length));
        }
    },
    LEFT_OUT {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            int start = position + random.nextInt(length);
            int end = start + 1 + random.nextInt(position + length - start);
            byte[] damaged = Arrays.copyOf(file, file.length - (end - start));
            System.arraycopy(file, end, damaged, start, file.length - end);
            return damaged;
        }
    },
    TWICE {
        @Override
        public byte[] of(byte[] file, int position, int length, SplittableRandom random) {
            byte[] damaged = Arrays.copyOf(file, file.length + length);
            System.arraycopy(file, position, damaged, position + length, file.length - position);
            return damaged;
        }
    };

    /** Returns the file with damage in the bytes from {@code position}, at least one. */
    public abstract byte[] of(byte[] file, int position, int length, SplittableRandom random);

    /** Returns one of them. */
    public static Damage any(SplittableRandom random) {
        return values()[random.nextInt(values().length)];
    }
}

package gitzodb.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Wtf8Test {
    private static final String PARTS =
            "ab\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udbff\udc00\udfff\ud83d\ude00";

    @Test
    void isUtf8WhereThereIsNoLoneSurrogate() {
        String text = "price \u20ac \ud83d\ude00";
        assertThat(Wtf8.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(Wtf8.encode("\ud800")).containsExactly(0xed, 0xa0, 0x80);
    }

    @Test
    void anyTextIsReadBackAndSortsAsItsBytes() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        String before = "";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                text.append(PARTS.charAt(random.nextInt(PARTS.length())));
            }
            String now = text.toString();
            assertThat(Wtf8.decode(Wtf8.encode(now)))
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(now);
            assertThat(Integer.signum(Wtf8.compare(before, now)))
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(Wtf8.encode(before), Wtf8.encode(now))));
            before = now;
        }
    }
}

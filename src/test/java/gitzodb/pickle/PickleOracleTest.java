package gitzodb.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares with the picklers of Python 3: zodbpickle byte for byte, CPython by what its pickles mean. */
class PickleOracleTest {
    private static final String VALUES = """
            import sys, pickle, datetime, decimal, collections, fractions, uuid
            from zodbpickle import fastpickle
            shared = ['x' * 300, {'k': (1, 2)}]
            cycle = []; cycle.append((cycle, {'c': cycle}))
            values = [
                [2 ** n for n in range(0, 70)] + [-2 ** n for n in range(70)] + [2 ** 3000, -2 ** 2040, True, False, None],
                [0.0, -0.0, 1e300, float('inf'), -1.5], ['', 'a', '\\ud800', '\\U0001f600', 'x' * 70000, '\\udc00\\ud800'],
                [b'', b'a', b'x' * 300, bytearray(b'abc')], (), (1,), (1, 2), (1, 2, 3), tuple(range(5)),
                *[list(range(n)) for n in (1, 999, 1000, 1001, 2000, 2001)],
                *[dict.fromkeys(range(n)) for n in (0, 1, 999, 1000, 1001, 2000, 2001)],
                [shared, shared, (shared,)], cycle, {1, 2}, frozenset('abc'), complex(1, -2),
                datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc), datetime.date(2020, 1, 1),
                decimal.Decimal('1.50'), collections.OrderedDict(a=1, b=2), collections.OrderedDict.fromkeys(range(1001)),
                collections.deque(range(1001)), collections.defaultdict(list, a=[1]), uuid.UUID(int=5),
                fractions.Fraction(1, 3), [str(i % 9) + 'word' for i in range(700)], int, len, collections.Counter('hello'),
            ]
            """;

    @TempDir
    Path folder;

    @Test
    void writesWhatZodbpickleWrites() throws IOException {
        Oracle.assumeOraclePython();
        String output = Oracle.python(VALUES + "for v in values: print(fastpickle.dumps(v, 3).hex())")
                .ok()
                .output();
        List<String> pickles = output.lines().toList();
        assertThat(pickles).hasSizeGreaterThan(30);
        for (String hex : pickles) {
            assertThat(rewritten(hex)).isEqualTo(hex);
        }
    }

    @Test
    void readsWhatPythonWritesInEveryProtocol() throws IOException {
        Oracle.assumeOraclePython();
        String output = Oracle.python(VALUES + "for p in range(6):\n  for v in values: print(pickle.dumps(v, p).hex())")
                .ok()
                .output();
        StringBuilder rewritten = new StringBuilder();
        for (String hex : output.lines().toList()) {
            rewritten.append(rewritten(hex)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("rewritten"), rewritten);
        Oracle.python(VALUES + """
                                lines = open(sys.argv[1]).read().split()
                                for i, line in enumerate(lines):
                                    v = values[i % len(values)]
                                    w = fastpickle.loads(bytes.fromhex(line))
                                    assert type(v) is type(w), (v, w)
                                    assert v is cycle and w[0][0] is w and w[0][1]['c'] is w or v is not cycle and v == w, (i, v, w)
                                assert len(lines) == 6 * len(values)
                                """, file.toString()).ok();
    }

    private static String rewritten(String hex) throws PickleException {
        PickleReader reader = new PickleReader(Bytes.parseHex(hex), Generation.PYTHON3);
        Value value = reader.read();
        // Below protocol 3 names are those of Python 2's modules, which readers translate there only.
        PickleWriter writer = new PickleWriter(Generation.PYTHON3, reader.protocol());
        writer.write(value);
        assertThat(reader.atEnd()).isTrue();
        return writer.toBytes().hex();
    }
}

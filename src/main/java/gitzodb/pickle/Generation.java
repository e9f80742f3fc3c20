package gitzodb.pickle;

/** Which Python wrote the pickles: it decides what the 8-bit string opcodes and the two kinds of int mean. */
public enum Generation {
    PYTHON2,
    PYTHON3
}

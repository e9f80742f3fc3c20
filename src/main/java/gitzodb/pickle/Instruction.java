package gitzodb.pickle;

import gitzodb.bytes.Bytes;

/**
 * One instruction of a pickle, with all that is needed to write the same bytes again.
 *
 * @param offset where it begins, in bytes from the start of the data
 * @param number the operand if it is a number ({@code U8} to {@code U64}; of {@code FLOAT64} the bits), else 0
 * @param content the operand if it is text or bytes, without its count and its last line feed; else empty
 */
public record Instruction(int offset, Opcode opcode, long number, Bytes content) {}

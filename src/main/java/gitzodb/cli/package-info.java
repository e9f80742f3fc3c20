/**
 * The command line: one class a command, {@code FooCommand} for {@code git zodb foo}; the only package that prints, exits
 * or reads the environment.
 *
 * <p>{@link gitzodb.cli.Main} sends {@code hook} straight to its command and everything else through
 * {@code CommandTree}. {@code ZodbCommand} is the base of all commands, {@code DatabaseCommand} of those on a bound
 * database, {@code LookCommand} of those that look into any, {@code TreeCommand} of those on files alone.
 * {@code Failures} says what an exception means: one line and an {@code ExitCode}. {@code Wiring} chooses the class
 * formats and the kinds of storage.
 */
@NullMarked
package gitzodb.cli;

import org.jspecify.annotations.NullMarked;

/** The command line: one class a command; the only package that prints, exits or reads the environment. */
@NullMarked
package gitzodb.cli;

import org.jspecify.annotations.NullMarked;

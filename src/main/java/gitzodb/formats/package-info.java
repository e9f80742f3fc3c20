/**
 * The class formats: one small class for each family of Zope classes ({@code src/docs/class-formats.md}). Entry type:
 * {@link gitzodb.formats.BuiltinFormats}, the list of them.
 *
 * <p>A format leaves out what follows from the rest ({@code toTree}) and makes it again ({@code toDatabase}), so that
 * Zope runs what the file says. A state of another shape than expected is left as it is: formats lose nothing and never
 * fail on what they read from a database. To add one, implement {@link gitzodb.classes.ClassFormat}, list it in
 * {@code BuiltinFormats}, and let its test implement {@code ClassFormatContract}.
 */
@NullMarked
package gitzodb.formats;

import org.jspecify.annotations.NullMarked;

/**
 * The canonical XML: one text for one value, read strictly. The format is {@code src/docs/xml-format.md}.
 *
 * <p>{@link gitzodb.xml.XmlReader} turns the bytes of an untrusted file into an {@link gitzodb.xml.Element},
 * {@link gitzodb.xml.CanonicalXml} an element into its one text; {@link gitzodb.xml.ValueXml} stands between elements and
 * the state of an object. What the tree decides (references, natural files, child lists) it asks
 * {@link gitzodb.xml.WriteHooks} and {@link gitzodb.xml.ReadHooks}. All refusals are
 * {@link gitzodb.xml.XmlFormatException}, with file, line and column, or {@link gitzodb.zodb.StateException} for a state
 * that is too deep or too large to be written ({@link gitzodb.xml.XmlLimits}).
 *
 * <p>A class gets a natural notation by a {@code Notation} (values anywhere) or a {@code ZopeAttribute} (attributes of an
 * object); a writer uses it only where reading it back gives the same value.
 */
@NullMarked
package gitzodb.xml;

import org.jspecify.annotations.NullMarked;

/**
 * A small Zope site made without Zope, and edits of it as a person would make them in the browser: what {@code git zodb
 * demo} shows itself on. Entry type: {@link gitzodb.demo.DemoSite}.
 */
@NullMarked
package gitzodb.demo;

import org.jspecify.annotations.NullMarked;

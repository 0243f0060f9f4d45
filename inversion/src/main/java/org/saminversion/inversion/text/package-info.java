/** Edits by text: what networks of the CLIP family say about pictures, and directions that follow from it (spec edits.md 2). */
package org.saminversion.inversion.text;

/** Edit directions: given ones from files, and the principal components of W (spec edits.md sections 1 and 4). */
package org.saminversion.inversion.direction;

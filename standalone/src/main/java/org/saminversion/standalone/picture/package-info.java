/** Pictures that people look at: contact sheets, coloured maps and the sample images. */
package org.saminversion.standalone.picture;

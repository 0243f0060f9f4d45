/** How near a picture comes to another one. */
package org.saminversion.inversion.metric;

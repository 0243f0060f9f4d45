/** The model bundles, and the methods that jobs can name of them. */
package org.saminversion.gateway.bundles;

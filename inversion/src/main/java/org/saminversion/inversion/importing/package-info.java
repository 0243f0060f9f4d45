/** Making bundles from checkpoints of others, and giving bundles more networks. */
package org.saminversion.inversion.importing;

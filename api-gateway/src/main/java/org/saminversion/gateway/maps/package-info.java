/** Invertibility maps at any threshold, and inversions that start from them. */
package org.saminversion.gateway.maps;

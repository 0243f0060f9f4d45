/** The values that services exchange. */
package org.saminversion.model;

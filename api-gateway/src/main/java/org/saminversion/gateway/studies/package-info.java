/** Preference studies: begun, voted in, counted. */
package org.saminversion.gateway.studies;

/** Preference studies: begin one, rate pairs without knowing the methods, see the result. */
package org.saminversion.gateway.dashboard.studies;

/** Measurements of the engine: seconds per step, useful work, memory, alone and against the reference's framework. */
package org.saminversion.bench;

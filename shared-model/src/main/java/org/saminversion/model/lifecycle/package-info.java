/** The lifecycle of a job as a table of states, triggers and actions. */
package org.saminversion.model.lifecycle;

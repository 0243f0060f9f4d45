/** Endpoints of callers, and the messages to them: their lifecycle, and what callers and senders may do with them. */
package org.saminversion.model.callback;

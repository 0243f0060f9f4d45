/** What callers ask for, read and checked as far as that is possible without the engine. It stores nothing. */
package org.saminversion.gateway.submissions;

/** Pages for people: one folder per page; {@code frame} holds what all pages share, and {@code live} keeps open ones up to date. */
package org.saminversion.gateway.dashboard;

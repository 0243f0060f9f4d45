/** The documents that problems link to, so that they can be read where nothing else can be reached. */
package org.saminversion.gateway.dashboard.help;

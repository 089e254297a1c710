/** Another team's application, which has the module in its WEB-INF/lib and brings a channel. */
package dev.nexo.pairing.e2e.pager;

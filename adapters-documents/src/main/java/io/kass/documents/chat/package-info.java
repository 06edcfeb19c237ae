/** Exports of chats: Slack and Discord. */
@NullMarked
package io.kass.documents.chat;

import org.jspecify.annotations.NullMarked;

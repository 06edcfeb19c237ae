/**
 * Conversations, ledger, cached answers, agents' states and tool calls in DynamoDB. What is written
 * has a key shape of its own, described in decision 0051; readers never see what has expired.
 */
@NullMarked
package io.kass.aws.dynamodb;

import org.jspecify.annotations.NullMarked;

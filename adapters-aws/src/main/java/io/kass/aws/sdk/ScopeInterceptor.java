package io.kass.aws.sdk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Gives each operation the time that is left of its caller's. */
record ScopeInterceptor(InstantSource clock, Duration timeout) implements ExecutionInterceptor {
  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    ActiveCall call = ActiveCall.current();
    if (call == null || !(context.request() instanceof AwsRequest request)) {
      return context.request();
    }
    call.operation(
        Optional.ofNullable(executionAttributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
            .orElse(""));
    call.scope().check(clock);
    Duration left = call.scope().remaining(clock);
    Duration allowed = left.compareTo(timeout) < 0 ? left : timeout;
    AwsRequestOverrideConfiguration override =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder)
            .apiCallTimeout(allowed)
            .build();
    return request.toBuilder().overrideConfiguration(override).build();
  }
}

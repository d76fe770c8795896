package dev.backplane.lambda.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the template finds the defect that it is for. */
class TemplateDefectsTest {
  /** Each line: what to write, what for, and what must be found then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Timeout: 28 | Timeout: 29 | Function may outlast API Gateway
          Timeout: 28 | Timeout: !Ref Timeout | Function may outlast API Gateway
          StartsInAdvance: !Equals [!Ref StartMode, provisioned] | StartsInAdvance: !Equals [!Ref StartMode, snapstart] | may have SnapStart and provisioned
          StartsInAdvance: !Equals [!Ref StartMode, provisioned] | StartsInAdvance: !Not [!Equals [!Ref ProvisionedConcurrency, '0']] | may have SnapStart and provisioned
          SnapStart: !If [StartsFromSnapshot, {ApplyOn: PublishedVersions}, !Ref AWS::NoValue] | SnapStart: {ApplyOn: PublishedVersions} | may have SnapStart and provisioned
          {ApplyOn: PublishedVersions} | {ApplyOn: None} | no version has a snapshot
          Runtime: java25 | EphemeralStorage: {Size: 1024} | larger /tmp
          Runtime: java25 | EphemeralStorage: {Size: !Ref MemorySize} | larger /tmp
          AutoPublishAlias: live | AutoPublishAlias: current | publishes no version
          AutoPublishAliasAllProperties: true | Tags: {} | publishes no version
          - ${MemorySize} ${Architecture} | - ${Architecture} | a change makes no new version: [MemorySize]
          - start: !If [StartsFromSnapshot, snapstart, ''] | - start: '' | a change makes no new version: [StartMode]
          !If [CreatesPluginLayer, !Ref PluginLayer, ''] | x | a change makes no new version: [Part, PluginLayer, PluginLayerBucket]
          VersionDescription: !Sub\\n        - ${MemorySize} | VersionDescription: !Sub\\n        - ${MemorySize} MB | described otherwise
          traces: !If [HasTraces, '', ' untraced'] | traces: '' | a change makes no new version: [Traces]
          Timeout: 28 | Timeout: !Ref AlarmLatency | a change makes no new version: [AlarmLatency]
          - Canary10Percent5Minutes | - Canary10Percent7Minutes | CodeDeploy does not know all steps
          Role: !GetAtt RolloutRole.Arn | Hooks: {} | CodeDeploy has a role of SAM's making
          PassthroughCondition: true | Hooks: {} | CodeDeploy is there for the other parts too
          - [!Ref FunctionErrors, !Ref ServerErrors] | - [!Ref Latency] | a deployment goes on whatever clients meet
          Tracing: !If [HasTraces, Active, PassThrough] | Tags: {} | Function has no traces
          TracingEnabled: !If [HasTraces, true, false] | TracingEnabled: false | Api has no traces
          Runtime: java25 | Events: {} | has events of SAM's making
          Default: arm64 | Default: x86_64 | does not run on arm64
          - ResourcePath: /* | - ResourcePath: /api | Api does not throttle
          DefaultRouteSettings: | RouteSettings: | HttpApi does not throttle
          /aws/vendedlogs/apis/${AWS::StackName} | /apis/${AWS::StackName} | needs a policy to write the access log
          RetentionInDays: !Ref LogRetentionDays | LogGroupClass: STANDARD | is kept for ever
          AccessLogSetting:\\n | X:\\n | Api has no access log
          AccessLogSettings:\\n | X:\\n | HttpApi has no access log
          "$context.responseLength" | "$context.xrayTraceId" | HttpApi logs what it does not know
          "status":"$context.status" | "status":$context.status" | logs no JSON
          "bytes":"$context.responseLength", | "bytes":"$context.responseLength" | logs no JSON
          Condition: MakesHttpApi\\n    Properties:\\n      Action | Condition: MakesRestApi\\n    Properties:\\n      Action | HttpApi may not call the function
          FunctionName: !Ref Function.Alias | FunctionName: !Ref Function | Api may not call the function
          :${HttpApi}/${Stage}/* | :*/${Stage}/* | HttpApi may not call the function, or others may
          functions/${Function.Arn}:live/invocations | functions/${Function.Arn}/invocations | calls no version
          payloadFormatVersion: '2.0' | payloadFormatVersion: '1.0' | sends events of a REST API
          MetricName: Errors | MetricName: Error | FunctionErrors watches no metric
          MetricName: Throttles | MetricName: Invocations | nobody watches more than
          !If [IsRest, 5XXError, 5xx] | 5XXError | ServerErrors watches no metric of a http
          {Name: Resource, Value: !Sub '${Function}:live'} | {Name: Alias, Value: live} | watches nothing that a function has
          {Name: ApiName, Value: !Ref AWS::StackName} | {Name: ApiId, Value: !Ref Api} | watches nothing that a rest has
          {Name: ApiId, Value: !Ref HttpApi} | {Name: ApiName, Value: !Ref HttpApi} | watches nothing that a http has
          Dimensions: !If\\n        - IsRest | Dimensions: !If\\n        - HasAlarms | watches the wrong kind of API
          TreatMissingData: notBreaching | Unit: Count | goes off when nobody calls
          Statistic: Sum | Statistic: Average | sums up nothing
          EvaluateLowSampleCountPercentile: ignore | Unit: Milliseconds | goes off for one slow start
          AlarmActions: !If | OKActions: !If | tells nobody
          AlarmName: !Sub ${AWS::StackName}-errors | AlarmName: errors | is not of the stack
          Name: !Ref AWS::StackName\\n      StageName: !Ref Stage\\n      # | Name: gateway\\n      StageName: !Ref Stage\\n      # | an API of another name
          StageName: !Ref Stage | StageName: prod | has another stage
          Role: !GetAtt FunctionRole.Arn | Policies: [DynamoDBCrudPolicy: {TableName: x}] | a role of SAM's making
          s3://${MappingBucket}/${MappingKey}\\n            - !If | s3://${MappingBucket}/mapping.yaml\\n            - !If | looks for its mapping where it may not read
          LogGroup: !Ref FunctionLogs | LogGroup: !Ref AccessLogs | the function may not write its log
          Resource: !Sub arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${ApplicationStack}:* | Resource: !Sub arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${ApplicationStack} | takes from the function its log
          LoggingConfig: | X: | logs without retention
          DeletionPolicy: RetainExceptOnCreate | DeletionPolicy: Delete | UsersTable goes with the stack
          UpdateReplacePolicy: Retain | UpdateReplacePolicy: Delete | UsersTable goes with the stack
          AttributeName: expires_at | AttributeName: expires | UsersTable has no time to live
          PointInTimeRecoveryEnabled: true | PointInTimeRecoveryEnabled: false | point-in-time
          SSEEnabled: true | SSEEnabled: false | not encrypted
          BillingMode: PAY_PER_REQUEST | BillingMode: PROVISIONED | costs at rest
          /{proxy+}: | /api/{proxy+}: | the function gets only
          OpenApiVersion: 3.0.1 | Cors: "'*'" | Api adds CORS headers
          DefaultRouteSettings: | CorsConfiguration: | HttpApi adds CORS headers
          Condition: CreatesPluginLayer | Description: none | PluginLayer belongs to no part
          - dynamodb:GetItem | - dynamodb:* | grants dynamodb:*
          - dynamodb:Query | - dynamodb:BatchWriteItem | the function may do other than it does
          Resource: !GetAtt UsersTable.Arn | Resource: '*' | the function may use other tables
          Resource: !Sub ${UsersTable.Arn}/index/* | Resource: !GetAtt UsersTable.Arn | the function may do other than it does
          Action: dynamodb:Query | Action: dynamodb:Scan | the function may do other than it does
          Resource: !GetAtt FunctionLogs.Arn | Resource: '*' | is about all of *
          function:${ApplicationStack}-Function-* | function:* | is about all of arn
          role/${ApplicationStack}-FunctionRole-* | role/* | is about all of arn
          - logs:DescribeResourcePolicies | - iam:ListRoles | is about all of *
          - secretsmanager:GetRandomPassword | - logs:PutResourcePolicy | is about all of *
          Action: cloudwatch:DescribeAlarms | Action: cloudwatch:DeleteAlarms | is about the alarms of others
          alarm:${ApplicationStack}-* | alarm:* | is about the alarms of others
          application:${ApplicationStack}-ServerlessDeploymentApplication-* | application:* | is about all of arn
          Action: s3:GetObject\\n                  Resource: !Sub arn:${AWS::Partition}:s3:::${MappingBucket}/${MappingKey} | Action: s3:GetObject\\n                  Resource: !Sub arn:${AWS::Partition}:s3:::${MappingBucket}/* | is about all of arn
          Action: ssm:GetParameter | Action: ssm:GetParametersByPath | lets read more than the mapping
          - !If\\n          - MappingIsInBucket | - !If\\n          - IsApplication | has s3:GetObject without a need
          parameter${MappingParameter} | parameter/${AWS::StackName} | lets read more than the mapping
          Action: [lambda:GetAlias, lambda:UpdateAlias, lambda:GetProvisionedConcurrencyConfig]\\n                Resource | Action: [lambda:GetAlias, lambda:UpdateAlias, lambda:UpdateFunctionCode]\\n                Resource | CodeDeploy may do other
          Action: [lambda:GetAlias, lambda:UpdateAlias, lambda:GetProvisionedConcurrencyConfig]\\n            Resource | Action: [lambda:GetAlias]\\n            Resource | takes from CodeDeploy
          [xray:PutTraceSegments, xray:PutTelemetryRecords]\\n            Resource | [xray:PutTraceSegments]\\n            Resource | the boundary takes from the function
          service-role/AmazonAPIGatewayPushToCloudWatchLogs | AdministratorAccess | has a policy of AWS
          iam:PermissionsBoundary: !Ref RolloutBoundary | iam:PermissionsBoundary: !Ref FunctionBoundary | gives rights without a boundary
          TopicName: !Sub ${AWS::StackName}-alarms | TopicName: alarms | may not work on alarms
          TimeoutInMinutes: 180 | TimeoutInMinutes: 30 | ends before a slow deployment does
          iam:PassedToService: lambda.amazonaws.com | aws:PrincipalTag/x: y | passes roles to any service
          iam:PermissionsBoundary: !Ref FunctionBoundary | aws:PrincipalTag/x: y | gives rights without a boundary
          Principal: {Service: lambda.amazonaws.com} | Principal: {AWS: '*'} | trusts everyone
          - dynamodb:CreateTable | - dynamodb:DeleteTable | the pipeline may delete the users
          TableName: !Sub ${AWS::StackName}-users | TableName: !Sub ${AWS::StackName}-people | may not work on table/
          LogGroupName: !Sub /aws/lambda/${AWS::StackName} | LogGroupName: !Sub /gateway/${AWS::StackName} | may not work on log-group:
          Name: !Sub ${AWS::StackName}-cursor | Name: cursor | may not work on secret:
          LayerName: !Sub ${AWS::StackName}-plugins | LayerName: !Sub ${AWS::StackName}-jars | may not work on layer:
          - dynamodb:UpdateItem\\n              - dynamodb:DeleteItem | - dynamodb:UpdateItem | the boundary takes
          ComputeType: BUILD_GENERAL1_MEDIUM | ComputeType: MEDIUM | CheckProject has an unknown
          Type: LOCAL | Type: LOCALE | unknown
          Modes: [LOCAL_CUSTOM_CACHE] | Modes: [LOCAL_MAVEN_CACHE] | unknown cache
          Type: BASE_REF | Type: BASE_BRANCH | unknown filter
          Pattern: PUSH | Pattern: PUSHED | unknown event
          Pattern: PUSH | Pattern: PUSH, PULL_REQUEST_CREATED | gives its rights to pull requests
          Type: HEAD_REF | Type: BASE_REF | deploys any branch
          ServiceRole: !GetAtt CheckRole.Arn | ServiceRole: !GetAtt DeployRole.Arn | gives its rights to pull requests
          RequiresCommentApproval: FORK_PULL_REQUESTS | RequiresCommentApproval: DISABLED | unknown
          ApproverRoles: [GITHUB_WRITE, GITHUB_MAINTAIN, GITHUB_ADMIN] | ApproverRoles: [GITHUB_READ] | strangers' code
          !If [CreatesCredential, !Ref SourceCredential, of the account] | none | does not wait for the credential
          Condition: CreatesCredential | Condition: IsPipeline | a second pipeline
          AuthType: PERSONAL_ACCESS_TOKEN | AuthType: TOKEN | no kind that CodeBuild knows
          Token: !Sub '{{resolve:secretsmanager: | Token: !Sub '{{resolve:ssm: | not in Secrets Manager
          """)
  void template_isRefused_whenADefectIsPlanted(String right, String wrong, String breach) {
    String text = Tree.read("template.yaml");
    String present = right.replace("\\n", "\n");
    assertThat(text).contains(present);
    String planted = text.replace(present, wrong.replace("\\n", "\n"));

    List<String> breaches = Rules.breaches(Tree.parse(planted));

    assertThat(breaches).anyMatch(found -> found.contains(breach));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key: id", "region: ${AWS_REGION:eu-west-1}"})
  void functionRole_isRefused_whenItMayScanWhatNoListScans(String beside) {
    String mapping = Tree.read("mapping.yaml");
    assertThat(mapping).contains(beside);
    String never = mapping.replace(beside, "allow-scan: false\n      " + beside);

    assertThat(Rules.breaches(Tree.file("template.yaml"), Tree.parse(never)))
        .containsExactly("the function may do other than it does");
    assertThat(
            Rules.breaches(
                Tree.parse(Tree.read("template.yaml").replaceAll(" +- dynamodb:Scan\n", "")),
                Tree.parse(never)))
        .isEmpty();
  }
}

package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'authorizer':{'jwt':{'claims':{'sub':'bob','iss':'x'},'scopes':['a']}}",
        "'authorizer':{'claims':{'sub':'bob','cognito:username':'other'}}",
        "'authorizer':{'claims':{'sub':'bob'},'scopes':null}",
        "'authorizer':{'lambda':{'principalId':'bob','sub':'other'}}",
        "'authorizer':{'lambda':{'sub':'bob'}}",
        "'authorizer':{'principalId':'bob','tenant':'t1','integrationLatency':5}",
        "'authorizer':{'principalId':'bob','sub':'other','userArn':'other'}",
        "'authorizer':{'iam':{'userArn':'bob','userId':'AIDA','cognitoIdentity':null}}",
        "'authorizer':{'iam':{'userArn':'role','cognitoIdentity':{'identityId':'bob'}}}",
        "'identity':{'userArn':'bob','user':'AIDA','cognitoIdentityId':null}",
        "'identity':{'userArn':'role','cognitoIdentityId':'bob'}",
      })
  void caller_whenAuthorizerVerifiedOne_hasTheName(String context) {
    Caller caller = caller(context);
    assertThat(caller.name()).isEqualTo("bob");
    assertThat(new EventSecurity(caller, true).getUserPrincipal()).isSameAs(caller);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'authorizer':null,'identity':null",
        "'authorizer':{},'identity':{}",
        "'authorizer':'bob','identity':'bob'",
        "'authorizer':{'claims':null,'scopes':null}",
        "'authorizer':{'jwt':{'claims':{'sub':['bob','eve']}}}",
        "'authorizer':{'jwt':{'claims':{'sub':{'name':'bob'}}}}",
        "'authorizer':{'jwt':{'claims':null,'scopes':null},'iam':{'userArn':'','accountId':''}}",
        "'authorizer':{'lambda':{'tenant':'t1'}}",
        "'authorizer':{'integrationLatency':5}",
        "'identity':{'userArn':null,'cognitoIdentityId':null,'apiKey':'key','caller':'bob'}",
        "'identity':{'userArn':'','cognitoIdentityId':'bob'}",
      })
  void caller_whenNobodyIsNamed_isNoPrincipal(String context) {
    Caller caller = caller(context);
    assertThat(caller.name()).isEmpty();
    assertThat(new EventSecurity(caller, true).getUserPrincipal()).isNull();
  }

  @Test
  void claims_whenJwt_areTextsAndLists() {
    assertThat(
            caller(
                    """
                    'authorizer':{'jwt':{'claims':{'sub':'bob','scope':'read write','groups':'[a b]',
                      'cognito:groups':'[admins]','none':'[]','admin':'true','exp':'1600000000',
                      'name':'Doe, Jane'}}}
                    """)
                .claims())
        .containsEntry("scope", List.of("read write"))
        .containsEntry("groups", List.of("a", "b"))
        .containsEntry("cognito:groups", List.of("admins"))
        .containsEntry("none", List.of())
        .containsEntry("admin", List.of("true"))
        .containsEntry("exp", List.of("1600000000"))
        .containsEntry("name", List.of("Doe, Jane"));
  }

  @Test
  void claims_whenCognitoAtARestApi_haveTheSameForm() {
    assertThat(
            caller(
                    """
                    'authorizer':{'claims':{'sub':'bob','cognito:groups':'a,b',
                      'cognito:roles':'r','name':'Doe, Jane'}}
                    """)
                .claims())
        .containsEntry("cognito:groups", List.of("a", "b"))
        .containsEntry("cognito:roles", List.of("r"))
        .containsEntry("name", List.of("Doe, Jane"));
  }

  @Test
  void claims_whenLambdaAuthorizer_keepTypesAndNesting() {
    assertThat(
            caller(
                    """
                    'authorizer':{'lambda':{'principalId':'bob','list':['a','b',3],'empty':[],
                      'level':3,'admin':true,'user':{'tenant':{'id':'t1'}},'text':'[x y]','no':null}}
                    """)
                .claims())
        .containsEntry("list", List.of("a", "b", "3"))
        .containsEntry("empty", List.of())
        .containsEntry("level", List.of("3"))
        .containsEntry("admin", List.of("true"))
        .containsEntry("user.tenant.id", List.of("t1"))
        .containsEntry("text", List.of("[x y]"))
        .doesNotContainKey("no");
  }

  @Test
  void claims_whenIam_areTheSameForRestAndHttpApis() {
    Caller rest =
        caller(
            """
            'identity':{'userArn':'arn','user':'AIDA','caller':'AIDA:x','accountId':'123',
              'accessKey':'AKIA','cognitoIdentityId':'eu:1','cognitoIdentityPoolId':'eu:2',
              'cognitoAuthenticationType':'authenticated','sourceIp':'192.0.2.1'}
            """);
    Caller http =
        caller(
            """
            'authorizer':{'iam':{'userArn':'arn','userId':'AIDA','callerId':'AIDA:x',
              'accountId':'123','accessKey':'AKIA','cognitoIdentity':{
                'identityId':'eu:1','identityPoolId':'eu:2','amr':['authenticated']}}}
            """);
    assertThat(rest).isEqualTo(http);
    assertThat(rest.name()).isEqualTo("eu:1");
    assertThat(rest.claims()).doesNotContainKey("accessKey").doesNotContainKey("sourceIp");
  }

  private static Caller caller(String context) {
    String json = ("{" + context + "}").replace('\'', '"');
    return Authorizer.caller(
        EventJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
  }
}

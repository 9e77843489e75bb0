package io.github.qqoauth2.client;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * QQ's known error numbers, with the steps that return them and who has to act. At the
 * authorization step QQ shows them itself and does not redirect back. An unknown number
 * counts as temporary.
 *
 * @see <a href="https://wiki.connect.qq.com/公共返回码说明">QQ's error numbers</a>
 */
enum ErrorNumber {

	RESPONSE_TYPE(100000, Remedy.OPERATOR, "response_type is missing or wrong", "缺少 response_type 或取值有误",
			Step.AUTHORIZE),

	CLIENT_ID_MISSING(100001, Remedy.OPERATOR, "client_id is missing", "缺少 client_id", Step.AUTHORIZE, Step.TOKEN),

	CLIENT_SECRET_MISSING(100002, Remedy.OPERATOR, "client_secret is missing", "缺少 client_secret", Step.TOKEN),

	AUTHORIZATION_HEADER(100003, Remedy.OPERATOR, "The Authorization header is missing", "请求头中没有 Authorization",
			Step.TOKEN, Step.ME, Step.GET_USER_INFO),

	GRANT_TYPE(100004, Remedy.OPERATOR, "grant_type is missing or wrong", "缺少 grant_type 或取值有误", Step.TOKEN),

	CODE_MISSING(100005, Remedy.VISITOR, "code is missing", "缺少 code", Step.TOKEN),

	REFRESH_TOKEN_MISSING(100006, Remedy.VISITOR, "The refresh token is missing", "缺少 refresh_token", Step.TOKEN),

	ACCESS_TOKEN_MISSING(100007, Remedy.VISITOR, "The access token is missing", "缺少 access_token", Step.ME,
			Step.GET_USER_INFO),

	APP_ID_UNKNOWN(100008, Remedy.OPERATOR, "No application has this app id", "appid 不存在", Step.AUTHORIZE, Step.TOKEN),

	CLIENT_SECRET_WRONG(100009, Remedy.OPERATOR, "The app key does not belong to the app id", "appkey 与 appid 不匹配",
			Step.TOKEN),

	REDIRECT_URI(100010, Remedy.OPERATOR, "The callback address is not the registered one", "回调地址与登记的不一致",
			Step.AUTHORIZE, Step.TOKEN),

	APP_NOT_ONLINE(100011, Remedy.OPERATOR, "The application is not online", "应用未上线", Step.AUTHORIZE, Step.TOKEN),

	NOT_A_POST(100012, Remedy.OPERATOR, "The request should have been a POST", "请求方法应为 POST", Step.TOKEN,
			Step.GET_USER_INFO),

	ACCESS_TOKEN_INVALID(100013, Remedy.VISITOR, "The access token is invalid or the grant was revoked",
			"access_token 无效或用户已取消授权", Step.ME, Step.GET_USER_INFO),

	ACCESS_TOKEN_EXPIRED(100014, Remedy.VISITOR, "The access token has expired", "access_token 已过期", Step.ME,
			Step.GET_USER_INFO),

	ACCESS_TOKEN_REVOKED(100015, Remedy.VISITOR, "The access token was revoked", "access_token 已作废", Step.ME,
			Step.GET_USER_INFO),

	ACCESS_TOKEN_CHECK(100016, Remedy.VISITOR, "The access token failed its check", "access_token 校验未通过", Step.TOKEN,
			Step.ME, Step.GET_USER_INFO),

	APP_ID_LOOKUP(100017, Remedy.LATER, "QQ could not look up the app id", "QQ 未能查到 appid", Step.TOKEN, Step.ME),

	CODE_LOOKUP(100018, Remedy.VISITOR, "QQ could not look up the code", "QQ 未能查到 code", Step.TOKEN),

	CODE_WRONG(100019, Remedy.VISITOR, "The code is wrong, has expired or is another application's",
			"code 有误、已过期或属于其他应用", Step.TOKEN),

	CODE_USED(100020, Remedy.VISITOR, "The code was used before", "code 已被使用过", Step.TOKEN),

	ACCESS_TOKEN_ISSUE(100021, Remedy.VISITOR, "QQ issued no access token, or a refresh token was used twice",
			"未能取得 access_token,或 refresh_token 被重复使用", Step.TOKEN),

	REFRESH_TOKEN_ISSUE(100022, Remedy.LATER, "QQ issued no refresh token", "未能取得 refresh_token", Step.TOKEN),

	APP_PERMISSIONS(100023, Remedy.LATER, "QQ could not read the application's permissions", "QQ 未能读取应用的权限列表",
			Step.TOKEN, Step.ME, Step.GET_USER_INFO),

	USER_PERMISSIONS(100024, Remedy.LATER, "QQ could not read what the user granted", "QQ 未能读取用户授予的权限列表", Step.TOKEN,
			Step.ME, Step.GET_USER_INFO),

	API_LIST(100025, Remedy.LATER, "QQ could not read its list of APIs", "QQ 未能读取接口列表", Step.TOKEN, Step.ME,
			Step.GET_USER_INFO),

	GRANT_STORE(100026, Remedy.LATER, "QQ could not store what the user granted", "QQ 未能保存用户授予的权限", Step.AUTHORIZE,
			Step.TOKEN),

	GRANT_TIME_STORE(100027, Remedy.LATER, "QQ could not store the time of the grant", "QQ 未能保存授权时间", Step.AUTHORIZE,
			Step.TOKEN),

	WHICH_MISSING(100028, Remedy.OPERATOR, "The parameter which is missing", "缺少参数 which", Step.AUTHORIZE),

	BAD_REQUEST(100029, Remedy.OPERATOR, "The HTTP request is malformed", "HTTP 请求有误", Step.TOKEN, Step.ME,
			Step.GET_USER_INFO),

	NOT_GRANTED(100030, Remedy.VISITOR, "The user has not granted this API or took it back", "用户未授权此接口或已取消授权",
			Step.GET_USER_INFO),

	NO_RIGHT(100031, Remedy.OPERATOR, "The application has no right to this API", "应用没有此接口的权限", Step.GET_USER_INFO),

	APP_NOT_REVIEWED(100044, Remedy.OPERATOR, "The application is not reviewed: only its developers' QQ may log in",
			"应用未通过审核,仅开发者的 QQ 可以登录", Step.AUTHORIZE, Step.TOKEN),

	UNIONID_NOT_GRANTED(100048, Remedy.OPERATOR, "The application may not ask for the unionid", "应用没有获取 unionid 的权限",
			Step.ME),

	BUSY(1001, Remedy.LATER, "QQ is busy", "QQ 服务繁忙", Step.GET_USER_INFO),

	NOT_LOGGED_IN(1002, Remedy.VISITOR, "The user is not logged in to QQ", "用户没有登录 QQ", Step.GET_USER_INFO),

	PARAMETERS(-1, Remedy.OPERATOR, "A parameter is invalid", "请求参数无效", Step.GET_USER_INFO),

	APP_ID(-2, Remedy.OPERATOR, "No application has this app id", "appid 不存在", Step.GET_USER_INFO),

	NO_PERMISSION(-3, Remedy.OPERATOR, "The application has no permission for this API", "应用没有此接口的权限",
			Step.GET_USER_INFO),

	RATE(-6, Remedy.LATER, "The application asks too often", "访问频率超过限制", Step.GET_USER_INFO),

	API_NOT_GRANTED(-20, Remedy.VISITOR, "The user has not granted this API", "用户未授权此接口", Step.GET_USER_INFO),

	TOKEN_REVOKED(-21, Remedy.VISITOR, "The access token was revoked", "access_token 已作废", Step.GET_USER_INFO),

	OPENID_INVALID(-22, Remedy.VISITOR, "The openid is invalid", "openid 无效", Step.GET_USER_INFO),

	TOKEN_INVALID(-23, Remedy.VISITOR, "The access token is invalid", "access_token 无效", Step.GET_USER_INFO),

	OPENID_OR_TOKEN(-24, Remedy.VISITOR, "The openid or the access token failed its check",
			"openid 或 access_token 校验未通过", Step.GET_USER_INFO),

	SYSTEM_58(-58, Remedy.LATER, "QQ failed for a moment", "QQ 系统暂时出错", Step.GET_USER_INFO),

	SYSTEM_60(-60, Remedy.LATER, "QQ failed for a moment", "QQ 系统暂时出错", Step.GET_USER_INFO);

	private static final Map<Integer, ErrorNumber> BY_NUMBER = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(ErrorNumber::number, Function.identity()));

	private final int number;

	private final Remedy remedy;

	private final String english;

	private final String chinese;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<Step> steps;

	ErrorNumber(int number, Remedy remedy, String english, String chinese, Step... steps) {
		this.number = number;
		this.remedy = remedy;
		this.english = english;
		this.chinese = chinese;
		this.steps = List.of(steps);
	}

	static String errorCode(@Nullable Integer number) {
		ErrorNumber known = (number != null) ? BY_NUMBER.get(number) : null;
		return ((known != null) ? known.remedy : Remedy.LATER).errorCode;
	}

	int number() {
		return this.number;
	}

	Remedy remedy() {
		return this.remedy;
	}

	String english() {
		return this.english;
	}

	String chinese() {
		return this.chinese;
	}

	List<Step> steps() {
		return this.steps;
	}

	/**
	 * What resolves an error: the visitor starts again, the operator corrects the
	 * configuration, or a later attempt succeeds.
	 */
	enum Remedy {

		VISITOR(QqOAuth2Error.LOGIN_EXPIRED), OPERATOR(QqOAuth2Error.MISCONFIGURED), LATER(QqOAuth2Error.UNAVAILABLE);

		private final String errorCode;

		Remedy(String errorCode) {
			this.errorCode = errorCode;
		}

	}

}

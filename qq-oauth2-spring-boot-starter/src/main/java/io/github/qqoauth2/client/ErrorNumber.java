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

	RESPONSE_TYPE(100000,
			"A customizer of your application changed the authorization request; leave response_type unchanged",
			"response_type is missing or wrong", "缺少 response_type 或取值有误", Step.AUTHORIZE),

	CLIENT_ID_MISSING(100001, "The request was changed by a customizer of your application or by a proxy",
			"client_id is missing", "缺少 client_id", Step.AUTHORIZE, Step.TOKEN),

	CLIENT_SECRET_MISSING(100002,
			"spring.security.oauth2.client.registration.qq.client-secret is set to an empty value, or a proxy "
					+ "truncated the query string. Set only qq.oauth2.app-key",
			"client_secret is missing", "缺少 client_secret", Step.TOKEN),

	AUTHORIZATION_HEADER(100003,
			"A proxy between the application and QQ changed the call, or QQ changed its API. Please open an issue",
			"The Authorization header is missing", "请求头中没有 Authorization", Step.TOKEN, Step.ME, Step.GET_USER_INFO),

	GRANT_TYPE(100004, "A proxy for outgoing calls changed the call. Try without it", "grant_type is missing or wrong",
			"缺少 grant_type 或取值有误", Step.TOKEN),

	CODE_MISSING(100005, Remedy.VISITOR, "code is missing", "缺少 code", Step.TOKEN),

	REFRESH_TOKEN_MISSING(100006, Remedy.VISITOR, "The refresh token is missing", "缺少 refresh_token", Step.TOKEN),

	ACCESS_TOKEN_MISSING(100007, Remedy.VISITOR, "The access token is missing", "缺少 access_token", Step.ME,
			Step.GET_USER_INFO),

	APP_NOT_AVAILABLE(100008,
			"Until QQ approves the application, only its owner and its test numbers can log in. If it is approved, "
					+ "compare qq.oauth2.app-id with the management centre at QQ Connect",
			"The application is not approved (not reviewed, under review or refused), or no application has this app id",
			"应用未通过审核（未提交、审核中或被驳回）,或 appid 不存在", Step.AUTHORIZE, Step.TOKEN),

	CLIENT_SECRET_WRONG(100009, "Wrong qq.oauth2.app-key, or it was reset at QQ Connect. Copy it again",
			"The app key does not belong to the app id", "appkey 与 appid 不匹配", Step.TOKEN),

	REDIRECT_URI(100010,
			"Scheme, host or path differ from the registered address, or the address has a port. Set "
					+ "qq.oauth2.redirect-uri to the full registered address, also behind a proxy",
			"The callback address is not the registered one", "回调地址与登记的不一致", Step.AUTHORIZE, Step.TOKEN),

	APP_NOT_ONLINE(100011, "The application was taken offline. Check its status at QQ Connect",
			"The application is not online", "应用未上线", Step.AUTHORIZE, Step.TOKEN),

	NOT_A_POST(100012, "QQ requires a POST where it used to accept a GET. Please open an issue",
			"The request should have been a POST", "请求方法应为 POST", Step.TOKEN, Step.GET_USER_INFO),

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

	WHICH_MISSING(100028,
			"A parameter of QQ's own pages: QQ changed them, or the address was changed on the way. Please open an issue",
			"The parameter which is missing", "缺少参数 which", Step.AUTHORIZE),

	BAD_REQUEST(100029, "A proxy or firewall for outgoing calls changed the call. Try without it",
			"The HTTP request is malformed", "HTTP 请求有误", Step.TOKEN, Step.ME, Step.GET_USER_INFO),

	NOT_GRANTED(100030, Remedy.VISITOR, "The user has not granted this API or took it back", "用户未授权此接口或已取消授权",
			Step.GET_USER_INFO),

	NO_RIGHT(100031, "Apply for the permission at QQ Connect, or remove the scope",
			"The application has no right to this API", "应用没有此接口的权限", Step.GET_USER_INFO),

	MOBILE_SDK(100044,
			"QQ's SDKs for mobile applications return it, and the web login hardly ever. Check signature and test "
					+ "numbers of the application at QQ Connect",
			"A mobile application has a wrong signature, or this QQ number has no permission to test it",
			"手机应用签名不符,或该 QQ 号没有测试权限", Step.AUTHORIZE),

	UNIONID_NOT_GRANTED(100048,
			"qq.oauth2.union-id is on without QQ's permission. Apply for it, or turn the property off",
			"The application may not ask for the unionid", "应用没有获取 unionid 的权限", Step.ME),

	BUSY(1001, Remedy.LATER, "QQ is busy", "QQ 服务繁忙", Step.GET_USER_INFO),

	NOT_LOGGED_IN(1002, Remedy.VISITOR, "The user is not logged in to QQ", "用户没有登录 QQ", Step.GET_USER_INFO),

	PARAMETERS(-1, "QQ rejected a parameter. Check provider.qq.user-info-uri if you set it", "A parameter is invalid",
			"请求参数无效", Step.GET_USER_INFO),

	APP_ID(-2, "Compare qq.oauth2.app-id with the management centre at QQ Connect", "No application has this app id",
			"appid 不存在", Step.GET_USER_INFO),

	NO_PERMISSION(-3, "Apply for the permission at QQ Connect, or remove the scope",
			"The application has no permission for this API", "应用没有此接口的权限", Step.GET_USER_INFO),

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

	private final String action;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<Step> steps;

	ErrorNumber(int number, Remedy remedy, String english, String chinese, Step... steps) {
		this(number, remedy, remedy.action(), english, chinese, steps);
	}

	ErrorNumber(int number, String action, String english, String chinese, Step... steps) {
		this(number, Remedy.OPERATOR, action, english, chinese, steps);
	}

	ErrorNumber(int number, Remedy remedy, String action, String english, String chinese, Step... steps) {
		this.number = number;
		this.remedy = remedy;
		this.action = action;
		this.english = english;
		this.chinese = chinese;
		this.steps = List.of(steps);
	}

	static String errorCode(@Nullable Integer number) {
		ErrorNumber known = of(number);
		return ((known != null) ? known.remedy : Remedy.LATER).errorCode();
	}

	// For the log, and empty for an unknown number. A login does not need the profile, so
	// that only an operator has to act if the profile call fails.
	static String explanation(@Nullable Integer number, Step step) {
		ErrorNumber known = of(number);
		if (known == null) {
			return "";
		}
		boolean noAction = step == Step.GET_USER_INFO && known.remedy != Remedy.OPERATOR;
		return ": " + known.english + (noAction ? "" : ". " + known.action);
	}

	private static @Nullable ErrorNumber of(@Nullable Integer number) {
		return (number != null) ? BY_NUMBER.get(number) : null;
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

	// What the operator does, in English; for other remedies what the visitor does.
	String action() {
		return this.action;
	}

	List<Step> steps() {
		return this.steps;
	}

}

create table if not exists account (
  id          bigint auto_increment primary key,
  username    varchar(100) not null unique,
  password    varchar(100) not null,
  locked      boolean      not null,
  created_at  datetime(6) not null,
  password_chosen  boolean not null,
  nickname    varchar(100),
  mobile      varchar(20),
  email       varchar(200),
  constraint account_nickname_key unique (nickname),
  constraint account_mobile_key unique (mobile),
  constraint account_email_key unique (email)
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists sms_code (
  purpose     varchar(20)  not null,
  mobile      varchar(20)  not null,
  code_hash   varchar(100) not null,
  sent_at     bigint       not null,
  tries       int          not null,
  primary key (purpose, mobile)
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists password_reset (
  token_hash  varchar(64)  primary key,
  account     varchar(100) not null,
  created_at  bigint       not null
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists account_activity (
  id             bigint auto_increment primary key,
  account        varchar(100) not null,
  kind           varchar(20)  not null,
  other_account  varchar(100),
  reason         varchar(100),
  happened_at    datetime(6) not null
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists book (
  id          bigint primary key,
  title_zh    varchar(100) not null,
  title_en    varchar(100) not null,
  author_zh   varchar(100) not null,
  author_en   varchar(100) not null,
  summary_zh  varchar(600) not null,
  summary_en  varchar(600) not null,
  tone        varchar(20)  not null
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists reading_list_entry (
  id          bigint auto_increment primary key,
  account     varchar(100) not null references account (username),
  book_id     bigint       not null references book (id),
  added_at    datetime(6) not null,
  unique (account, book_id)
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists note (
  id          bigint auto_increment primary key,
  account     varchar(100)  not null references account (username),
  book_id     bigint        not null references book (id),
  text        varchar(1000) not null,
  created_at  datetime(6) not null
) character set utf8mb4 collate utf8mb4_bin;

create table if not exists persistent_logins (
  username    varchar(100) not null,
  series      varchar(64)  primary key,
  token       varchar(64)  not null,
  last_used   datetime(6)  not null
) character set utf8mb4 collate utf8mb4_bin;

-- the script of the starter
create table if not exists qq_account_binding (
  app_id         varchar(32)   character set ascii collate ascii_bin     not null,
  openid         varchar(64)   character set ascii collate ascii_bin     not null,
  account        varchar(255)  character set utf8mb4 collate utf8mb4_bin not null,
  unionid        varchar(64)   character set ascii collate ascii_bin,
  nickname       varchar(255)  character set utf8mb4,
  avatar_url     varchar(1024) character set utf8mb4,
  gender         varchar(16)   character set utf8mb4,
  profile_at     datetime(6),
  registered     boolean       not null,
  created_at     datetime(6)   not null,
  last_login_at  datetime(6)   not null,
  primary key (app_id, openid),
  constraint qq_account_binding_account unique (app_id, account)
);

-- a binding follows its account: a name that is given to another person brings no QQ identity along
delete from qq_account_binding where account not in (select username from account);
alter table qq_account_binding drop foreign key if exists qq_account_binding_user;
alter table qq_account_binding add constraint qq_account_binding_user
  foreign key (account) references account (username) on update cascade on delete cascade;

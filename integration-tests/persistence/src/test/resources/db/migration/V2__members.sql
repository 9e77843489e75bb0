create table jpa_member (
  name      varchar(100) primary key,
  password  varchar(100) not null
);
create table mybatis_member (
  name      varchar(100) primary key,
  password  varchar(100) not null
);

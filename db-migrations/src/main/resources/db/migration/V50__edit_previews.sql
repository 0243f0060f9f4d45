-- Pictures that somebody only looks at while a slider moves. They are deleted soon; edits that are no previews stay with the job.
alter table edit_renderings add column preview boolean not null default false;
create index edit_renderings_previews on edit_renderings (created_at) where preview;

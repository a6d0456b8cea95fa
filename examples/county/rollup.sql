-- What a county asks of its schools. The same text runs on DuckDB and on Spark and gives the same rows: plain joins, sums and windows,
-- whole numbers only, and an order of the rows down to the last column. Views are named as the tables of docs/parquet.md.
--
-- Of each query the line before it gives the name of its file.

-- name: children
-- Children by term. One who moved between two schools within the term stands in the rows of both and counts once.
SELECT county, term,
       count(DISTINCT school) AS schools,
       count(*) AS files,
       count(DISTINCT child) AS children,
       count(DISTINCT CASE WHEN enrolled THEN child END) AS enrolled
FROM students
GROUP BY county, term
ORDER BY county, term;

-- name: left_behind
-- By school and grade, under the definition that all schools share. Children who are not known are no children left at home.
SELECT county, school, term, grade,
       count(*) AS children,
       count(CASE WHEN left_behind_civil_affairs = 'yes' THEN 1 END) AS left_behind,
       count(CASE WHEN left_behind_civil_affairs = 'unknown' THEN 1 END) AS not_known
FROM students
WHERE enrolled
GROUP BY county, school, term, grade
ORDER BY county, school, term, grade NULLS LAST;

-- name: left_behind_published
-- The same for whoever is outside the county's office: by grade of the whole county, and no number below five, nor one that leaves fewer than
-- five others. No sum of the grades stands here: with one, a single hidden number could be had from the rest.
WITH counted AS (
  SELECT county, term, grade,
         count(DISTINCT child) AS children,
         count(DISTINCT CASE WHEN left_behind_civil_affairs = 'yes' THEN child END) AS left_behind
  FROM students
  WHERE enrolled AND grade IS NOT NULL
  GROUP BY county, term, grade
)
SELECT county, term, grade,
       CASE WHEN children >= 5 THEN children END AS children,
       CASE WHEN left_behind >= 5 AND children - left_behind >= 5 THEN left_behind END AS left_behind
FROM counted
ORDER BY county, term, grade;

-- name: coverage
-- Coverage by plan and commitment, of the schools whose commitment asks what the shipped one asks.
SELECT county, term, plan, commitment,
       count(*) AS schools,
       CAST(sum(met) AS BIGINT) AS met,
       CAST(sum(missed) AS BIGINT) AS missed,
       CAST(sum(open) AS BIGINT) AS open,
       CAST(sum(unknown) AS BIGINT) AS not_known,
       CASE WHEN sum(met + missed) > 0 THEN CAST(floor(1000.0 * sum(met) / sum(met + missed)) AS BIGINT) END AS per_mille
FROM coverage
WHERE as_shipped
GROUP BY county, term, plan, commitment
ORDER BY county, term, plan, commitment;

-- name: risk
-- Levels of risk by school; the graver of the computed one and a person's judgement is the one to act on.
WITH graded AS (
  SELECT county, school, term, child,
         CASE level WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'watch' THEN 1 ELSE 0 END AS computed,
         CASE judged WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'watch' THEN 1 ELSE 0 END AS judged
  FROM risk
)
SELECT county, school, term,
       count(CASE WHEN greatest(computed, judged) = 3 THEN 1 END) AS high,
       count(CASE WHEN greatest(computed, judged) = 2 THEN 1 END) AS medium,
       count(CASE WHEN greatest(computed, judged) = 1 THEN 1 END) AS watch,
       count(CASE WHEN greatest(computed, judged) = 0 THEN 1 END) AS calm
FROM graded
GROUP BY county, school, term
ORDER BY county, school, term;

-- name: untouched
-- At risk, and for thirty days nobody has recorded any contact: by school, the most first.
SELECT s.county, s.school, s.term,
       count(*) AS at_risk,
       count(CASE WHEN s.last_contact IS NULL OR s.last_contact < s.as_of - INTERVAL '30' DAY THEN 1 END) AS untouched
FROM students s
JOIN risk r ON r.county = s.county AND r.school = s.school AND r.term = s.term AND r.child = s.child
WHERE r.level <> 'none'
GROUP BY s.county, s.school, s.term
ORDER BY untouched DESC, s.county, s.school, s.term;

-- name: visits
-- Home visits that met somebody, for each left-behind child: the quartiles (the least number that so many children do not exceed).
WITH met AS (
  SELECT c.county, c.school, c.term, c.child, count(*) AS visits
  FROM activity_children c
  JOIN activities a ON a.county = c.county AND a.school = c.school AND a.term = c.term AND a.activity = c.activity
  WHERE a.kind = 'home-visit' AND a.contact IS NOT NULL
  GROUP BY c.county, c.school, c.term, c.child
),
each_child AS (
  SELECT s.county, s.term, coalesce(m.visits, 0) AS visits
  FROM students s
  LEFT JOIN met m ON m.county = s.county AND m.school = s.school AND m.term = s.term AND m.child = s.child
  WHERE s.enrolled AND s.left_behind_civil_affairs = 'yes'
),
heaps AS (
  SELECT county, term, visits, count(*) AS children FROM each_child GROUP BY county, term, visits
),
ranked AS (
  SELECT county, term, visits,
         sum(children) OVER (PARTITION BY county, term ORDER BY visits) AS up_to,
         sum(children) OVER (PARTITION BY county, term) AS all_children
  FROM heaps
)
SELECT county, term,
       CAST(max(all_children) AS BIGINT) AS children,
       min(CASE WHEN 4 * up_to >= all_children THEN visits END) AS quartile_1,
       min(CASE WHEN 2 * up_to >= all_children THEN visits END) AS median,
       min(CASE WHEN 4 * up_to >= 3 * all_children THEN visits END) AS quartile_3,
       max(visits) AS most
FROM ranked
GROUP BY county, term
ORDER BY county, term;

-- name: work
-- What was done, by domain: records and minutes once each, however many children they were for, and the children who were reached.
WITH done AS (
  SELECT county, term, domain, count(*) AS records, CAST(sum(minutes) AS BIGINT) AS minutes
  FROM activities
  GROUP BY county, term, domain
),
reached AS (
  SELECT a.county, a.term, a.domain, count(DISTINCT c.child) AS children
  FROM activities a
  JOIN activity_children c ON a.county = c.county AND a.school = c.school AND a.term = c.term AND a.activity = c.activity
  GROUP BY a.county, a.term, a.domain
)
SELECT d.county, d.term, d.domain, d.records, d.minutes, r.children
FROM done d
LEFT JOIN reached r ON r.county = d.county AND r.term = d.term AND r.domain = d.domain
ORDER BY d.county, d.term, d.domain NULLS LAST;

-- name: follow_ups
SELECT county, term, type,
       count(*) AS opened,
       count(CASE WHEN status = 'done' THEN 1 END) AS done,
       count(CASE WHEN status = 'done' AND done > due THEN 1 END) AS done_late,
       count(CASE WHEN status = 'overdue' THEN 1 END) AS overdue
FROM follow_ups
GROUP BY county, term, type
ORDER BY county, term, type;

-- name: moves
-- Children who left one school and joined another one later, each move once, whatever terms it stands in.
WITH spells AS (
  SELECT county, child, school, joined_on, max(left_on) AS left_on
  FROM students
  WHERE identified
  GROUP BY county, child, school, joined_on
),
chained AS (
  SELECT county, child, school, joined_on,
         lag(school) OVER (PARTITION BY county, child ORDER BY joined_on NULLS FIRST, school) AS from_school,
         lag(left_on) OVER (PARTITION BY county, child ORDER BY joined_on NULLS FIRST, school) AS from_left
  FROM spells
)
SELECT county, from_school, school AS to_school, count(*) AS moves
FROM chained
WHERE from_school <> school AND from_left < joined_on
GROUP BY county, from_school, school
ORDER BY county, from_school, to_school;

-- name: twice
-- Enrolled in two schools on the same day: one of them has not been told that the child left, or a resident number is wrong.
SELECT county, term, child, count(*) AS schools, min(school) AS one, max(school) AS other
FROM students
WHERE enrolled AND identified
GROUP BY county, term, child
HAVING count(*) > 1
ORDER BY county, term, child;

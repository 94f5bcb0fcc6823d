// Writes reference/data/world.json: one SVG outline per country, in one fixed frame.
//
// Reads the 1:50m countries of Natural Earth (world-atlas) and our own list of countries, which
// gives ISO codes and the point of each. Run by hand: npm ci && npm run build.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoCentroid, geoDistance, geoEqualEarth, geoPath } from 'd3-geo'
import { feature, merge } from 'topojson-client'
import { presimplify, simplify } from 'topojson-simplify'

const DATA = new URL('../../src/explor/ground/reference/data/', import.meta.url)
const WIDTH = 2000
const MARGIN = 10 // room for the points drawn at the edges
const DETAIL = 0.011 // squared degrees: the smallest triangle kept along a border
const SPECK = 2 // squared units: rings below it are dropped, but the largest of each country stays
const SMALL = 25 // squared units, some 8,000 km2: below it a country is marked by a point as well

// Natural Earth draws these inside the State they belong to, or apart from it.
const SPLIT = { FR: ['GF', 'GP', 'MQ', 'RE', 'YT'], NL: ['BQ'], NO: ['SJ'] }
const JOIN = { Somaliland: 'SO', 'N. Cyprus': 'CY', Kosovo: 'XK' }
const NEAR = 0.12 // radians: how far a ring may lie from the point of its territory

/** Our list: [{code, numeric, point: [lon, lat]}] of the countries shown on the map. */
function listed() {
  const text = readFileSync(new URL('countries.csv', DATA), 'utf8')
  if (text.includes('"')) throw new Error('countries.csv: this reader knows no quotes')
  const [head, ...lines] = text.trim().split('\n').map(line => line.split(','))
  return lines
    .map(cells => Object.fromEntries(head.map((name, i) => [name, cells[i]])))
    .filter(row => row.on_map === '1')
    .map(row => ({ code: row.code, numeric: row.numeric, point: [+row.lon, +row.lat] }))
}

/** Polygons of each country, by ISO code, after simplification: shared borders stay shared. */
function polygons(countries) {
  const atlas = createRequire(import.meta.url)('world-atlas/countries-50m.json')
  const topology = simplify(presimplify(atlas), DETAIL)
  const codes = new Map(countries.map(({ code, numeric }) => [numeric, code]))
  const parts = new Map()
  for (const shape of topology.objects.countries.geometries) {
    const code = codes.get(shape.id) ?? JOIN[shape.properties.name]
    if (code) parts.set(code, [...(parts.get(code) ?? []), shape])
  }
  const found = new Map()
  for (const [code, shapes] of parts) {
    const shape = shapes.length > 1 ? merge(topology, shapes) : feature(topology, shapes[0]).geometry
    found.set(code, shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates)
  }
  return found
}

/** Give the territories of SPLIT their own polygons. */
function separate(found, points) {
  for (const [state, territories] of Object.entries(SPLIT)) {
    const owner = polygon => {
      const centre = geoCentroid({ type: 'Polygon', coordinates: polygon })
      const near = territories
        .map(code => [geoDistance(centre, points.get(code)), code])
        .sort((a, b) => a[0] - b[0])[0]
      return near[0] < NEAR ? near[1] : state
    }
    const whole = found.get(state)
    for (const code of [state, ...territories]) {
      found.set(code, whole.filter(polygon => owner(polygon) === code))
    }
  }
}

/** Rings of a projected shape, rounded to whole units, repeated points left out. */
function rings(project, coordinates) {
  const drawn = []
  const round = (x, y) => [Math.round(x), Math.round(y)]
  const pen = {
    moveTo: (x, y) => drawn.push([round(x, y)]),
    lineTo: (x, y) => {
      const ring = drawn.at(-1)
      const next = round(x, y)
      if (next[0] !== ring.at(-1)[0] || next[1] !== ring.at(-1)[1]) ring.push(next)
    },
    closePath: () => {}
  }
  geoPath(project, pen)({ type: 'MultiPolygon', coordinates })
  return drawn
}

const area = ring =>
  Math.abs(ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length]
    return sum + x * v - u * y
  }, 0)) / 2

/** A ring as a closed path of whole relative steps, the shortest that SVG allows. */
function path([start, ...others]) {
  let [x, y] = start
  const steps = others.map(([u, v]) => {
    const step = `${u - x}${v < y ? '' : ' '}${v - y}`
    ;[x, y] = [u, v]
    return step
  })
  return `M${start.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`
}

const countries = listed()
const points = new Map(countries.map(({ code, point }) => [code, point]))
const found = polygons(countries)
separate(found, points)

// Eleven degrees east in the middle: the frame is cut at 169 degrees west, in the Bering Strait.
const project = geoEqualEarth().rotate([-11, 0]).precision(0)
const everything = { type: 'MultiPolygon', coordinates: [...found.values()].flat() }
project.fitWidth(WIDTH - 2 * MARGIN, everything)
project.translate(project.translate().map(shift => shift + MARGIN))
const height = Math.ceil(geoPath(project).bounds(everything)[1][1]) + MARGIN

const lines = countries.map(({ code, point }) => {
  const drawn = rings(project, found.get(code) ?? []).sort((a, b) => area(b) - area(a))
  const kept = drawn.filter((ring, i) => ring.length > 2 && (i === 0 || area(ring) >= SPECK))
  const [x, y] = project(point).map(Math.round)
  const small = kept.reduce((sum, ring) => sum + area(ring), 0) < SMALL
  return `"${code}":${JSON.stringify({ x, y, small, path: kept.map(path).join('') })}`
})
const frame = JSON.stringify(`0 0 ${WIDTH} ${height}`)
const text = `{"view_box":${frame},"outlines":{\n${lines.join(',\n')}\n}}\n`
writeFileSync(new URL('world.json', DATA), text)
console.log(`${lines.length} countries, ${Buffer.byteLength(text)} bytes`)

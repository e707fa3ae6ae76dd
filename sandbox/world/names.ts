// The raw material buyers and catalogues are made of. Deliberately not only ASCII.
export type Place = {
  country: string
  currency: string
  locale: string
  phone: string
  given: readonly string[]
  family: readonly string[]
  streets: readonly string[]
  // city, postal code, state
  cities: readonly (readonly [string, string, string | null])[]
}

export const PLACES: readonly (readonly [Place, number])[] = [
  [
    {
      country: 'US',
      currency: 'usd',
      locale: 'en-US',
      phone: '+1415555',
      given: ['Ava', 'Noah', 'Mia', 'Liam', 'Zoë', 'José', 'Renée', 'Tyrone'],
      family: ['Miller', 'O’Brien', 'García', 'Washington', 'Nguyễn', 'de la Cruz', 'Smith'],
      streets: ['Valencia St', 'Market St', 'Elm Ave', 'Old Mill Rd'],
      cities: [
        ['San Francisco', '94110', 'CA'],
        ['Austin', '78701', 'TX'],
        ['Portland', '97209', 'OR'],
      ],
    },
    40,
  ],
  [
    {
      country: 'DE',
      currency: 'eur',
      locale: 'de',
      phone: '+4930901',
      given: ['Jörg', 'Käthe', 'Lukas', 'Änne', 'Søren', 'Chloé'],
      family: ['Müller', 'Weiß', 'Größ', 'Schröder', 'Østergård', 'Dupré'],
      streets: ['Köpenicker Straße', 'Lange Gasse', 'Überseering'],
      cities: [
        ['Berlin', '10179', null],
        ['Köln', '50667', null],
        ['München', '80331', null],
      ],
    },
    25,
  ],
  [
    {
      country: 'JP',
      currency: 'jpy',
      locale: 'ja',
      phone: '+8136555',
      given: ['さくら', '陽翔', '結衣', '蓮', '花子'],
      family: ['佐藤', '鈴木', '髙橋', '渡邊', '𠮷田'],
      streets: ['道玄坂', '銀座', '梅田'],
      cities: [
        ['渋谷区', '150-0043', '東京都'],
        ['大阪市', '530-0001', '大阪府'],
      ],
    },
    12,
  ],
  [
    {
      country: 'KW',
      currency: 'kwd',
      locale: 'ar',
      phone: '+9652222',
      given: ['فاطمة', 'محمد', 'نورة', 'يوسف'],
      family: ['الصباح', 'العتيبي', 'المطيري'],
      streets: ['شارع الخليج العربي', 'شارع سالم المبارك'],
      cities: [
        ['مدينة الكويت', '13001', null],
        ['السالمية', '22001', null],
      ],
    },
    8,
  ],
  [
    {
      country: 'GB',
      currency: 'gbp',
      locale: 'en-GB',
      phone: '+44207946',
      given: ['Siân', 'Oisín', 'Niamh', 'George', 'Łukasz'],
      family: ['Brontë', 'Ó Súilleabháin', 'Jones', 'Żółć', 'Hughes'],
      streets: ['High Street', 'Station Rd', 'Llanfair Ln'],
      cities: [
        ['London', 'E1 6AN', null],
        ['Caernarfon', 'LL55 1SE', null],
      ],
    },
    15,
  ],
]

export const MAIL_HOSTS = ['example.com', 'example.org', 'example.net', 'mail.example'] as const

export const NOTES = [
  'Wholesale',
  'Met at the fair 🎪',
  'Prefers e-mail\nNo calls',
  'VIP “gold”',
] as const

// name, description, price in US cents, interval of a recurring price
export const GOODS: readonly (readonly [string, string, number, Interval | null])[] = [
  ['Seed potatoes', 'One kilogram, certified', 1299, null],
  ['Pruning shears', 'Forged steel ✂', 4550, null],
  ['Crème de cassis', 'From our own currants', 2890, null],
  ['Garden gloves', 'Leather, size M', 1995, null],
  ['Bulb mix “Frühling”', 'Fifty bulbs', 3450, null],
  ['Watering can', 'Ten litres, galvanised', 5900, null],
  ['Gift card', 'Any amount of joy', 10000, null],
  ['Tomato seedlings', 'Six heirloom kinds', 1799, null],
  ['Veg box', 'A box every month', 3900, 'month'],
  ['Flower club', 'A bunch every week', 1500, 'week'],
  ['Orchard share', 'A tree of your own for a year', 24000, 'year'],
  ['Almanac Plus', 'The digital almanac', 700, 'month'],
]

export type Interval = 'week' | 'month' | 'year'

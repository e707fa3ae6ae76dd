import type { Shop } from '../shop.ts'
import { vendureShop } from '../vendure/shop.ts'

export const medusaShop: Shop = vendureShop

// What each kind of object looks like; connections inside are given whole here.
import {
  renderBalanceTransaction,
  renderBankAccount,
  renderDispute,
  renderPayout,
} from './balance.ts'
import { renderCustomer, renderPaymentMethods } from './customer.ts'
import { placedWith, renderOrder } from './order.ts'
import { renderContract, renderProduct } from './product.ts'

export const renderers = {
  placed: placedWith,
  customers: renderCustomer,
  paymentMethods: renderPaymentMethods,
  products: renderProduct,
  orders: renderOrder,
  subscriptionContracts: renderContract,
  payouts: renderPayout,
  balanceTransactions: renderBalanceTransaction,
  disputes: renderDispute,
  bankAccounts: renderBankAccount,
} as const
